import { defineConfig } from "@playwright/test";
import { FLAGS } from "./tests/browser/flags.ts";
import type { HostName } from "./tests/e2e/app.ts";

/** The built app in Debian's Chromium; every test has a page, and on the double a program, of its own. */
export default defineConfig<object, { host: HostName }>({
  testDir: "tests/e2e",
  testMatch: "**/*.spec.ts",
  workers: 2,
  forbidOnly: true,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  use: {
    locale: "nl-NL",
    timezoneId: "Europe/Amsterdam",
    viewport: { width: 1280, height: 800 },
    launchOptions: {
      executablePath: "/usr/bin/chromium",
      args: FLAGS,
    },
  },
  projects: [
    { name: "browser", testIgnore: "**/desktop.spec.ts", use: { host: "browser" } },
    { name: "double", testMatch: ["**/mainPath.spec.ts", "**/desktop.spec.ts"], use: { host: "double" } },
  ],
});
