/** Where the reader's choice is stored: "light" or "dark"; "system" or nothing follows the system. */
export const THEME_KEY = "theme";

/**
 * Runs in the browser before the page is painted, from its text: nothing outside of it exists there. Sets the class
 * `dark` by the reader's choice, and again when that or the system's setting changes, also in another tab.
 */
function followTheme(key: string): void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;
  const apply = () => {
    let choice: string | null = null;
    try {
      choice = localStorage.getItem(key);
    } catch {
      // Without storage, the theme follows the system.
    }
    root.classList.toggle("dark", choice === "dark" || (choice !== "light" && system.matches));
  };
  apply();
  system.addEventListener("change", apply);
  addEventListener("storage", apply);
}

/** The script of every page that sets the theme. */
export const THEME_SCRIPT = `(${followTheme})(${JSON.stringify(THEME_KEY)})`;
