/** Per code van bestanden en vensters: wat er mis is, en hoe het te herstellen. */
export const hostFaults = {
  CONFLICT: [
    "Iemand anders heeft dit bestand gewijzigd sinds u het opende.",
    "Sla uw werk onder een andere naam op, of bekijk eerst de andere versie.",
  ],
  FILE_GONE: [
    "Het bestand is er niet meer.",
    "Kijk of het is verplaatst of hernoemd, en of de netwerkschijf verbonden is.",
  ],
  FILE_UNREADABLE: [
    "Het bestand is niet te lezen.",
    "Kijk of u er rechten op heeft en of het een bestand is.",
  ],
  NOT_TEXT: ["Het bestand is geen tekst in UTF-8.", "Kies een bestand dat met Ontschot is bewaard."],
  WRITE_REFUSED: [
    "Hier mag niet worden geschreven.",
    "Sla op in een andere map, of vraag schrijfrechten aan.",
  ],
  WRITE_FAILED: [
    "Het opslaan is mislukt; het oude bestand is ongeschonden.",
    "Probeer het opnieuw, of sla op in een andere map.",
  ],
  DISK_FULL: [
    "De schijf is vol; het oude bestand is ongeschonden.",
    "Maak ruimte, of sla op een andere schijf op.",
  ],
  DRAFT_FAILED: [
    "De herstelkopie kon niet worden bewaard.",
    "Sla uw werk nu op; zonder kopie gaat het bij een storing verloren.",
  ],
  DRAFT_GONE: ["Deze herstelkopie is er niet meer.", "Open het bestand zelf."],
  UNKNOWN_FILE: ["Dit bestand is in dit venster niet geopend.", "Open het bestand opnieuw."],
  PRINT_FAILED: ["Het afdrukken is mislukt.", "Kijk of de printer is verbonden."],
  REQUEST_REFUSED: [
    "Het programma vroeg iets dat niet mag.",
    "Sla uw werk op en start Ontschot opnieuw; meld het als het terugkomt.",
  ],
  UNEXPECTED: [
    "Er ging iets mis dat niet had mogen gebeuren.",
    "Probeer het opnieuw; komt het terug, sla uw werk dan op, start Ontschot opnieuw en meld het.",
  ],
  HOST_FAILED: [
    "Er ging iets onverwachts mis.",
    "Sla uw werk op en start Ontschot opnieuw; meld het als het terugkomt.",
  ],
} as const satisfies Record<string, readonly [what: string, mend: string]>;
