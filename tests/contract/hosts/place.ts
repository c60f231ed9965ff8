/** What a host stands on, with the hands of the user and of the world outside. */
import type { Host } from "../../../renderer/host/contract.ts";

export interface Place {
  host: Host;
  /** The user's files. */
  readonly disk: {
    write(name: string, content: string | Uint8Array): Promise<void>;
    read(name: string): Promise<Uint8Array | null>;
    remove(name: string): Promise<void>;
    names(): Promise<readonly string[]>;
    makeFolder(name: string): Promise<void>;
  };
  /** What the user picks in the next window; null cancels. */
  pick(name: string | null): void;
  /** The name that the last window for saving suggested. */
  suggested(): string;
  /** The copies of older formats that saving has kept, by name. */
  kept(): Promise<ReadonlyMap<string, Uint8Array>>;
  /** How often the printer was asked. */
  printed(): number;
  /** A file comes in from outside the interface. */
  bring(name: string): Promise<void>;
  /** The program ends and starts again, on the same machine. */
  restart(): Promise<void>;
  end(): Promise<void>;
}
