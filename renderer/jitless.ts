/** Schemas are checked without generated code, which the content security policy forbids. Imported before any schema. */
import { config } from "zod";

config({ jitless: true });
