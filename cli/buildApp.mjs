import { buildApp, install } from "./install.mjs";

install();
buildApp({ always: true });
