import { createContext, use } from "react";
import type { Host } from "../host/contract.ts";
import type { Runner } from "../run/runner.ts";
import type { Documents } from "../state/documents.ts";

/** What a session of the program has one of. */
export interface Session {
  readonly host: Host;
  readonly runner: Runner;
  readonly documents: Documents;
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error("no session");
  return session;
}
