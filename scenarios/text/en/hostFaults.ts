import type { hostFaults as dutch } from "../nl/hostFaults.ts";

/** Per code of files and windows: what is wrong, and how to mend it. */
export const hostFaults: Record<keyof typeof dutch, readonly [what: string, mend: string]> = {
  CONFLICT: [
    "Someone else has changed this file since you opened it.",
    "Save your work under another name, or look at the other version first.",
  ],
  FILE_GONE: [
    "The file is no longer there.",
    "See whether it was moved or renamed, and whether the network drive is connected.",
  ],
  FILE_UNREADABLE: [
    "The file cannot be read.",
    "See whether you may read it, and whether it is a file at all.",
  ],
  NOT_TEXT: ["The file is not text in UTF-8.", "Choose a file that was saved with Ontschot."],
  WRITE_REFUSED: ["Nothing may be written here.", "Save in another folder, or ask for the right to write."],
  WRITE_FAILED: ["Saving failed; the old file is unharmed.", "Try again, or save in another folder."],
  DISK_FULL: ["The disk is full; the old file is unharmed.", "Make room, or save on another disk."],
  DRAFT_FAILED: [
    "The recovery copy could not be kept.",
    "Save your work now; without a copy it is lost in a failure.",
  ],
  DRAFT_GONE: ["This recovery copy is no longer there.", "Open the file itself."],
  UNKNOWN_FILE: ["This file is not open in this window.", "Open the file again."],
  PRINT_FAILED: ["Printing failed.", "See whether the printer is connected."],
  REQUEST_REFUSED: [
    "The program asked for something that is not allowed.",
    "Save your work and start Ontschot again; report it when it comes back.",
  ],
  UNEXPECTED: [
    "Something went wrong that should not have.",
    "Try again; if it comes back, save your work, start Ontschot again and report it.",
  ],
  HOST_FAILED: [
    "Something unexpected went wrong.",
    "Save your work and start Ontschot again; report it when it comes back.",
  ],
};
