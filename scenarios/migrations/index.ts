import { chain, type Migration } from "./migrate.ts";

/** The steps from version 1 to the version that this program writes. Version 1 is the first, so there are none yet. */
export const MIGRATIONS: readonly Migration[] = chain([]);

/** The version that this program reads and writes. */
export const CURRENT_VERSION = 1 + MIGRATIONS.length;
