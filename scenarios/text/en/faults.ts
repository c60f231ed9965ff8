import type { faults as dutch } from "../nl/faults.ts";

/** Per code: what is wrong, and how to mend it. */
export const faults: Record<keyof typeof dutch, readonly [what: string, mend: string]> = {
  FILE_TOO_LARGE: ["The file is too large.", "Choose a business-case file; those are smaller than 5 MB."],
  FILE_TOO_DEEP: ["The file is nested too deeply.", "Choose a business-case file."],
  NOT_JSON: [
    "The file is not readable JSON.",
    "Mend the text at the place named, or open an earlier version.",
  ],
  NOT_A_CASE: ["This is no business case of Ontschot.", "Choose a file that was saved with Ontschot."],
  VERSION_MISSING: ["The version number is missing or wrong.", "Set version to a whole number from 1."],
  TOO_NEW: ["The file was made with a newer Ontschot.", "Update the program and open the file again."],
  MIGRATION_FAILED: [
    "The file could not be brought to the present version.",
    "Open it with the version that made it.",
  ],
  UNKNOWN_KEY: ["There is no such key.", "Correct the spelling or remove the key."],
  MISSING_KEY: ["A required part is missing.", "Fill it in."],
  WRONG_TYPE: ["The value is of the wrong kind.", "Give the kind that is expected."],
  WRONG_VALUE: ["This value is not allowed.", "Choose one of the values expected."],
  WRONG_ID: ["This id is not a valid name.", "Use letters, digits and _, beginning with a letter."],
  OUT_OF_RANGE: ["The value is outside what is possible.", "Choose a value within the bounds."],
  DUPLICATE_ID: ["This id occurs twice.", "Give every item an id of its own."],
  DUPLICATE_REFERENCE: ["This id is twice in the list.", "Remove the double."],
  BROKEN_REFERENCE: ["There is no such id.", "Refer to an id that exists, or add it."],
  MORE_LOCAL_PARTIES: ["There is more than one local party.", "Leave local true for one party at most."],
  INFLOW_BEYOND_HORIZON: ["Inflow lasts longer than the horizon.", "Lengthen years or shorten inflowYears."],
  INFLOW_LIST_TOO_LONG: [
    "The inflow list is longer than the inflow years.",
    "Years after inflowYears do not count; lengthen inflowYears or shorten the list.",
  ],
  COHORTS_CUT_OFF: [
    "Late cohorts are followed shorter than early ones and look worse for it.",
    "Shorten followUp or lengthen the horizon.",
  ],
  DISTRIBUTION_INVALID: [
    "The distribution is not right.",
    "Make low smaller than high and keep both within what is possible.",
  ],
  VALUE_OUTSIDE_RANGE: ["The value lies outside its own range.", "Change the value, or low and high."],
  PARAMETER_WITHOUT_SOURCE: [
    "This assumption has no source and is not marked as assumed.",
    "Add a source or set kind to assumed.",
  ],
  PRICE_LEVEL_WITHOUT_INDEX: [
    "The price level differs and there is no index.",
    "Name an index to convert with, or give the amount at the case's price level.",
  ],
  INDEX_LEVEL_MISSING: ["The index has no level for this year.", "Add the level, or growth for later years."],
  INHABITANTS_MISSING: [
    "Costs are divided by inhabitants, but their number is missing.",
    "Fill in inhabitants or choose another key.",
  ],
  COST_WITHOUT_AMOUNT: ["These costs have no amount.", "Fill in oneOff or perYear."],
  SHARES_SUM: ["The shares do not sum to 1.", "Make the shares sum to exactly 1."],
  ENTRY_SUM: ["The distribution at entry does not sum to 1.", "Make the sum over the states exactly 1."],
  FUNDS_OUTSIDE_EARMARK: [
    "This account pays for something that it is not earmarked for.",
    "Remove it from funds or add it to earmark.",
  ],
  REPAY_WITHOUT_FUNDER: [
    "Money that flows back needs a funder.",
    "Name under funder the party that gives the money.",
  ],
  REFERENCE_NOT_STATUTORY: [
    "The reference track holds more than statutory work.",
    "Choose a track with statutory interventions only.",
  ],
  TRANSITION_TO_SELF: ["This transition leads to the same state.", "Remove it; staying needs no transition."],
  DUPLICATE_TRANSITION: ["This transition occurs twice.", "Join the two."],
  DUPLICATE_STEP: ["Two steps begin in the same month.", "Give every step a month of its own."],
  TRACK_NOT_FOR_SEGMENT: [
    "This track is not meant for this segment.",
    "Choose another track or add the segment to the track.",
  ],
  OBJECTIVE_MISSING: [
    "A scenario that allocates optimally needs an objective.",
    "Name a perspective under objective.",
  ],
  CIRCULAR_FORMULA: [
    "The formulas refer to each other in a circle.",
    "Replace one of the formulas by a number.",
  ],
  UNKNOWN_UNIT: [
    "This unit is not known.",
    "Use EUR, kEUR, MEUR, year, month, week, day, hour, percent, persons, with / and *.",
  ],
  UNKNOWN_NAME: [
    "The formula names an assumption that does not exist.",
    "Correct the name or add the assumption.",
  ],
  UNKNOWN_FUNCTION: [
    "The formula uses an unknown function.",
    "Use min, max, abs, sqrt, exp, log or round; in a cell also SUM, AVERAGE, IF, ROUND, POWER, SQRT and LN.",
  ],
  FORMULA_SYNTAX: ["The formula cannot be read.", "Check brackets and signs."],
  FORMULA_NOT_ALLOWED: [
    "The formula holds something that is not allowed.",
    "Use only numbers, assumptions, + - * / ^, comparisons, ? : and the allowed functions.",
  ],
  "FORMULA_NOT_ALLOWED/SIDE_BY_SIDE": [
    "Two parts of the formula stand side by side without a sign between them.",
    "Type a number without words, and * to multiply.",
  ],
  FORMULA_TOO_LONG: ["The formula is too long.", "Split the formula over more assumptions."],
  FORMULA_TOO_DEEP: ["The formula is nested too deeply.", "Split the formula over more assumptions."],
  DIMENSION_MISMATCH: ["The units in the formula do not fit.", "Convert so that the unit is right."],
  "DIMENSION_MISMATCH/WITHOUT_UNIT": [
    "What has no unit, such as a bare number, cannot be added to or compared with an amount or a duration.",
    "Multiply by it, use an assumption in the same unit, or type the outcome as a number.",
  ],
  NOT_FINITE: [
    "The result is no number, for instance by a division by zero.",
    "Change the formula or the values.",
  ],
  NEGATIVE_RATE: ["A transition chance or rate is negative.", "Make the value zero or more."],
  NEGATIVE_INFLOW: ["The inflow is negative.", "Make the inflow zero or more."],
  HAZARD_RATIO_NOT_POSITIVE: [
    "A hazard ratio is zero or negative.",
    "Choose a value above zero; 1 is no effect.",
  ],
  ROW_SUM_ABOVE_ONE: [
    "The chances of leaving a state sum to more than 1.",
    "Lower the chances, or work with rates.",
  ],
  KEY_WITHOUT_WEIGHT: [
    "The key gives no municipality a share.",
    "Choose another key or fill in the weights.",
  ],
  PROGRAMME_INFEASIBLE: ["No allocation meets all conditions.", "Widen one of the conditions named."],
  PROGRAMME_TIME_LIMIT: [
    "The allocation was not ready in time.",
    "Make the case smaller: fewer tracks, segments or years.",
  ],
  PROGRAMME_FAILED: ["The solver found no reliable allocation.", "Check the amounts for outliers."],
  CASE_TOO_LARGE: [
    "The case is too large to allocate.",
    "Make the case smaller: fewer tracks, segments, municipalities or years.",
  ],
  CSV_WITHOUT_HEADINGS: [
    "This CSV file has no headings of assumptions.",
    "Choose the file uitgangspunten.csv and leave its line of headings in.",
  ],
  CSV_UNKNOWN_COLUMN: [
    "This column is not one of the assumptions.",
    "Remove the column or mend its heading.",
  ],
  CSV_DUPLICATE_COLUMN: ["This column is there twice.", "Remove one of the two."],
  CSV_UNKNOWN_PARAMETER: [
    "This assumption is not in this case.",
    "Mend the id; new assumptions are made in the case itself.",
  ],
  CSV_UNKNOWN_MUNICIPALITY: [
    "This municipality is not in this case.",
    "Use the id of a municipality of the case.",
  ],
  CSV_DUPLICATE_ROW: ["This assumption is there twice.", "Leave one row."],
  CSV_VALUE_MISSING: ["The value is missing.", "Fill in a number or a formula, or remove the whole row."],
  CSV_NOT_A_NUMBER: ["This is no number.", "Fill in a number, such as 1234.5 or 1234,5."],
  CSV_NO_RANGE: [
    "This assumption has no such bound.",
    "Fill in both low and high, or empty them; another distribution is chosen in the case itself.",
  ],
  CSV_PERCENT_OF_UNIT: [
    "A percentage does not fit the unit of this assumption.",
    "Fill in the number in the unit of the row, without a percent sign.",
  ],
  CSV_COMMA_IN_CALL: [
    "This comma can be a decimal mark or stand between two arguments.",
    "Put ; between arguments, such as min(1; 2) or min(1,5; 2).",
  ],
  CSV_POINT_IN_FORMULA: [
    "This point can be a decimal mark or separate thousands.",
    "Write 1125 or 1,125 in a formula.",
  ],
  CSV_FUNCTION_UNREADABLE: [
    "A function in this formula cannot be used like this.",
    "Put separators between arguments only: IF(condition, then, else), ROUND(number, decimals), POWER(number, power). Write LN instead of LOG.",
  ],
  CSV_CITIZEN_NUMBERS: [
    "This column seems to hold citizen numbers; the file was not read.",
    "Remove the column. Personal data do not belong in a business case.",
  ],
  CSV_OF_OTHER_VERSION: [
    "The CSV file is of another version of this case.",
    "Check that all changes below are meant.",
  ],
  CASE_ADOPTED: ["An adopted case is locked.", "Reopen the case before you change values."],
  FEEDBACK_WITHOUT_FUNDER: [
    "A grant that falls later needs a funder.",
    "Name at funder the party that gives the grant.",
  ],
  FILE_NOT_FOUND: [
    "The file was not found or cannot be read.",
    "Check the path, or name a shipped case (ontschot cases).",
  ],
  UNKNOWN_SCENARIO: ["There is no such scenario.", "Choose one of the case's scenarios."],
};
