export interface Policies {
  liveKeysNeedApplicationRestriction: boolean;
}
