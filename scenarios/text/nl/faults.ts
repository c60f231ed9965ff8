/** Per code: wat er mis is, en hoe het te herstellen. */
export const faults = {
  FILE_TOO_LARGE: [
    "Het bestand is te groot.",
    "Kies het bestand van een businesscase; die is kleiner dan 5 MB.",
  ],
  FILE_TOO_DEEP: ["Het bestand is te diep genest.", "Kies het bestand van een businesscase."],
  NOT_JSON: [
    "Het bestand is geen leesbare JSON.",
    "Herstel de tekst op de genoemde plaats, of open een eerdere versie.",
  ],
  NOT_A_CASE: ["Dit is geen businesscase van Ontschot.", "Kies een bestand dat met Ontschot is bewaard."],
  VERSION_MISSING: ["Het versienummer ontbreekt of klopt niet.", "Zet bij version een geheel getal vanaf 1."],
  TOO_NEW: [
    "Het bestand is met een nieuwere Ontschot gemaakt.",
    "Werk het programma bij en open het bestand opnieuw.",
  ],
  MIGRATION_FAILED: [
    "Het bestand kon niet naar de huidige versie worden omgezet.",
    "Open het met de versie waarmee het is gemaakt.",
  ],
  UNKNOWN_KEY: ["Deze sleutel bestaat niet.", "Verbeter de spelling of haal de sleutel weg."],
  MISSING_KEY: ["Een verplicht onderdeel ontbreekt.", "Vul het onderdeel in."],
  WRONG_TYPE: ["De waarde is van de verkeerde soort.", "Vul de verwachte soort in."],
  WRONG_VALUE: ["Deze waarde is niet toegestaan.", "Kies een van de verwachte waarden."],
  WRONG_ID: ["Dit id is geen geldige naam.", "Gebruik letters, cijfers en _, te beginnen met een letter."],
  OUT_OF_RANGE: ["De waarde valt buiten wat kan.", "Kies een waarde binnen de grenzen."],
  DUPLICATE_ID: ["Dit id komt twee keer voor.", "Geef elk onderdeel een eigen id."],
  DUPLICATE_REFERENCE: ["Dit id staat twee keer in de lijst.", "Haal het dubbele weg."],
  BROKEN_REFERENCE: ["Dit id bestaat niet.", "Verwijs naar een bestaand id, of voeg het toe."],
  MORE_LOCAL_PARTIES: [
    "Er is meer dan één lokale partij.",
    "Laat bij hoogstens één partij local op true staan.",
  ],
  INFLOW_BEYOND_HORIZON: [
    "Er is langer instroom dan de horizon duurt.",
    "Verleng years of verkort inflowYears.",
  ],
  INFLOW_LIST_TOO_LONG: [
    "De lijst met instroom is langer dan het aantal instroomjaren.",
    "Jaren na inflowYears tellen niet mee; verleng inflowYears of kort de lijst in.",
  ],
  COHORTS_CUT_OFF: [
    "Late cohorten worden korter gevolgd dan vroege en lijken daardoor slechter.",
    "Verkort followUp of verleng de horizon.",
  ],
  DISTRIBUTION_INVALID: [
    "De verdeling klopt niet.",
    "Zorg dat Laag kleiner is dan Hoog en dat beide mogelijk zijn.",
  ],
  VALUE_OUTSIDE_RANGE: ["De waarde ligt buiten de eigen bandbreedte.", "Pas de waarde aan, of Laag en Hoog."],
  PARAMETER_WITHOUT_SOURCE: [
    "Dit uitgangspunt heeft geen bron en is niet als aanname gemerkt.",
    "Voeg een bron toe of zet kind op assumed.",
  ],
  PRICE_LEVEL_WITHOUT_INDEX: [
    "Het prijspeil wijkt af en er is geen index.",
    "Noem een index om om te rekenen, of vul het bedrag in het prijspeil van de zaak in.",
  ],
  INDEX_LEVEL_MISSING: [
    "De index heeft geen stand voor dit jaar.",
    "Voeg de stand toe, of growth voor latere jaren.",
  ],
  INHABITANTS_MISSING: [
    "Kosten worden naar inwoners verdeeld, maar het inwonertal ontbreekt.",
    "Vul inhabitants in of kies een andere sleutel.",
  ],
  COST_WITHOUT_AMOUNT: ["Deze kosten hebben geen bedrag.", "Vul oneOff of perYear in."],
  SHARES_SUM: ["De aandelen zijn samen geen 1.", "Maak de som van de aandelen precies 1."],
  ENTRY_SUM: ["De verdeling bij binnenkomst is samen geen 1.", "Maak de som over de treden precies 1."],
  FUNDS_OUTSIDE_EARMARK: [
    "Dit schot betaalt iets waarvoor het niet geoormerkt is.",
    "Haal het uit funds of voeg het toe aan earmark.",
  ],
  REPAY_WITHOUT_FUNDER: [
    "Geld dat terugvloeit heeft een verstrekker nodig.",
    "Noem bij funder de partij die het geld geeft.",
  ],
  REFERENCE_NOT_STATUTORY: [
    "Het referentietraject bevat meer dan wettelijke taken.",
    "Kies een traject met alleen wettelijke interventies.",
  ],
  TRANSITION_TO_SELF: [
    "Deze overgang gaat naar dezelfde trede.",
    "Haal de overgang weg; blijven hoeft niet te worden opgegeven.",
  ],
  DUPLICATE_TRANSITION: ["Deze overgang staat er twee keer.", "Voeg de twee samen."],
  DUPLICATE_STEP: ["Twee stappen beginnen in dezelfde maand.", "Geef elke stap een eigen beginmaand."],
  TRACK_NOT_FOR_SEGMENT: [
    "Dit traject is niet voor deze doelgroep bedoeld.",
    "Kies een ander traject of voeg de doelgroep toe aan het traject.",
  ],
  OBJECTIVE_MISSING: [
    "Een scenario dat optimaal verdeelt heeft een doel nodig.",
    "Noem bij objective een perspectief.",
  ],
  CIRCULAR_FORMULA: [
    "De formules verwijzen in een kring naar elkaar.",
    "Vervang een van de formules door een getal.",
  ],
  UNKNOWN_UNIT: [
    "Deze eenheid is onbekend.",
    "Gebruik EUR, kEUR, MEUR, year, month, week, day, hour, percent, persons, met / en *.",
  ],
  UNKNOWN_NAME: [
    "De formule noemt een uitgangspunt dat niet bestaat.",
    "Verbeter de naam of voeg het uitgangspunt toe.",
  ],
  UNKNOWN_FUNCTION: [
    "De formule gebruikt een onbekende functie.",
    "Gebruik min, max, abs, sqrt, exp, log of round; in een cel ook SOM, GEMIDDELDE, ALS, AFRONDEN, MACHT, WORTEL en LN.",
  ],
  FORMULA_SYNTAX: ["De formule is niet te lezen.", "Controleer haakjes en tekens."],
  FORMULA_NOT_ALLOWED: [
    "De formule bevat iets dat niet mag.",
    "Gebruik alleen getallen, uitgangspunten, + - * / ^, vergelijkingen, ? : en de toegestane functies.",
  ],
  "FORMULA_NOT_ALLOWED/SIDE_BY_SIDE": [
    "In de formule staan twee delen naast elkaar zonder rekenteken.",
    "Typ een getal zonder woorden erbij, en * om te vermenigvuldigen.",
  ],
  FORMULA_TOO_LONG: ["De formule is te lang.", "Splits de formule over meer uitgangspunten."],
  FORMULA_TOO_DEEP: ["De formule is te diep genest.", "Splits de formule over meer uitgangspunten."],
  DIMENSION_MISMATCH: ["De eenheden in de formule passen niet.", "Reken om zodat de eenheid klopt."],
  "DIMENSION_MISMATCH/WITHOUT_UNIT": [
    "Wat geen eenheid heeft, zoals een los getal, is niet op te tellen bij of te vergelijken met een bedrag of een duur.",
    "Vermenigvuldig ermee, gebruik een uitgangspunt in dezelfde eenheid, of typ de uitkomst als getal.",
  ],
  NOT_FINITE: [
    "De uitkomst is geen getal, bijvoorbeeld door delen door nul.",
    "Pas de formule of de waarden aan.",
  ],
  NEGATIVE_RATE: ["Een overgangskans of -tempo is negatief.", "Maak de waarde nul of groter."],
  NEGATIVE_INFLOW: ["De instroom is negatief.", "Maak de instroom nul of groter."],
  HAZARD_RATIO_NOT_POSITIVE: [
    "Een hazard ratio is nul of negatief.",
    "Kies een waarde boven nul; 1 is geen effect.",
  ],
  ROW_SUM_ABOVE_ONE: [
    "De kansen om een trede te verlaten zijn samen groter dan 1.",
    "Verlaag de kansen, of werk met tempo's (rate).",
  ],
  KEY_WITHOUT_WEIGHT: [
    "De verdeelsleutel geeft geen enkele gemeente een aandeel.",
    "Kies een andere sleutel of vul de gewichten in.",
  ],
  PROGRAMME_INFEASIBLE: [
    "Geen verdeling voldoet aan alle voorwaarden.",
    "Verruim een van de genoemde voorwaarden.",
  ],
  PROGRAMME_TIME_LIMIT: [
    "De verdeling was niet op tijd klaar.",
    "Maak de zaak kleiner: minder trajecten, doelgroepen of jaren.",
  ],
  PROGRAMME_FAILED: [
    "De oplosser vond geen betrouwbare verdeling.",
    "Controleer de bedragen op uitschieters.",
  ],
  CASE_TOO_LARGE: [
    "De zaak is te groot om te verdelen.",
    "Maak de zaak kleiner: minder trajecten, doelgroepen, gemeenten of jaren.",
  ],
  CSV_WITHOUT_HEADINGS: [
    "Dit CSV-bestand heeft geen koppen van uitgangspunten.",
    "Kies het bestand uitgangspunten.csv en laat de regel met koppen staan.",
  ],
  CSV_UNKNOWN_COLUMN: [
    "Deze kolom hoort niet bij de uitgangspunten.",
    "Haal de kolom weg of herstel de kop.",
  ],
  CSV_DUPLICATE_COLUMN: ["Deze kolom komt twee keer voor.", "Haal een van de twee weg."],
  CSV_UNKNOWN_PARAMETER: [
    "Dit uitgangspunt bestaat niet in deze zaak.",
    "Herstel het id; nieuwe uitgangspunten maak je in de zaak zelf.",
  ],
  CSV_UNKNOWN_MUNICIPALITY: [
    "Deze gemeente bestaat niet in deze zaak.",
    "Gebruik het id van een gemeente uit de zaak.",
  ],
  CSV_DUPLICATE_ROW: ["Dit uitgangspunt staat er twee keer.", "Laat één regel staan."],
  CSV_VALUE_MISSING: ["De waarde ontbreekt.", "Vul een getal of formule in, of haal de hele regel weg."],
  CSV_NOT_A_NUMBER: ["Dit is geen getal.", "Vul een getal in, zoals 1234,5 of 1234.5."],
  CSV_NO_RANGE: [
    "Dit uitgangspunt heeft hier geen bandbreedte.",
    "Vul laag en hoog allebei in, of maak ze leeg; een andere verdeling kies je in de zaak zelf.",
  ],
  CSV_PERCENT_OF_UNIT: [
    "Een percentage past niet bij de eenheid van dit uitgangspunt.",
    "Vul het getal in de eenheid van de rij in, zonder procentteken.",
  ],
  CSV_COMMA_IN_CALL: [
    "Deze komma kan een decimaalteken zijn of tussen twee argumenten staan.",
    "Zet ; tussen argumenten, zoals min(1; 2) of min(1,5; 2).",
  ],
  CSV_POINT_IN_FORMULA: [
    "Deze punt kan een decimaalteken zijn of duizendtallen scheiden.",
    "Schrijf in een formule 1125 of 1,125.",
  ],
  CSV_FUNCTION_UNREADABLE: [
    "Een functie in deze formule is zo niet te gebruiken.",
    "Zet ; alleen tussen argumenten: ALS(voorwaarde; dan; anders), AFRONDEN(getal; decimalen), MACHT(getal; macht). Schrijf LN in plaats van LOG.",
  ],
  CSV_CITIZEN_NUMBERS: [
    "Deze kolom lijkt burgerservicenummers te bevatten; het bestand is niet ingelezen.",
    "Haal de kolom weg. Persoonsgegevens horen niet in een businesscase.",
  ],
  CSV_OF_OTHER_VERSION: [
    "Het CSV-bestand is van een andere versie van deze zaak.",
    "Kijk na of de veranderingen hieronder allemaal bedoeld zijn.",
  ],
  CASE_ADOPTED: ["Een vastgestelde zaak staat vast.", "Heropen de zaak voordat je waarden verandert."],
  FEEDBACK_WITHOUT_FUNDER: [
    "Budget dat later daalt heeft een verstrekker nodig.",
    "Noem bij funder de partij die het budget geeft.",
  ],
  FILE_NOT_FOUND: [
    "Het bestand is niet gevonden of niet te lezen.",
    "Controleer het pad, of noem een meegeleverde zaak (ontschot cases).",
  ],
  UNKNOWN_SCENARIO: ["Dit scenario bestaat niet.", "Kies een van de scenario's van de zaak."],
} as const satisfies Record<string, readonly [what: string, mend: string]>;
