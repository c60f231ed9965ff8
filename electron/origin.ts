/** Where the interface comes from: one host of one scheme of our own. */
export const SCHEME = "app";
export const HOST = "ontschot";
export const START_PAGE = `${SCHEME}://${HOST}/index.html`;

/** Whether an address is on our own host, by its parsed parts: a prefix can be imitated. */
export function isOwnPage(address: string): boolean {
  try {
    const { protocol, host, username, password } = new URL(address);
    return protocol === `${SCHEME}:` && host === HOST && username === "" && password === "";
  } catch {
    return false;
  }
}
