#!/usr/bin/env node
/** Starts the command line from a checkout: installs and builds first where that is needed. */
import { build, install } from "./install.mjs";

install();
build();
const { main } = await import("../dist/cli/main.mjs");
await main(process.argv.slice(2));
