/** What is wrong, as data: the sentences are in scenarios/text, in the reader's language. */
export interface Fault {
  /** UPPER_SNAKE; decides the sentence. */
  readonly code: string;
  /** Place in the file or the programme, such as `segments/b1/transitions/0/rate`. */
  readonly path: string;
  readonly found?: unknown;
  readonly expected?: unknown;
  /** Whatever else the sentence names. */
  readonly [detail: string]: unknown;
}

/** A case or a run that cannot give a right figure; it carries the fault, never a wrong number. */
export class ModelError extends Error {
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(`${fault.code} at ${fault.path}`);
    this.name = "ModelError";
    this.fault = fault;
  }
}
