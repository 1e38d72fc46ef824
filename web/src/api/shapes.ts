/** What the server's lists and cards look like: the OpenAPI document's own words, by shorter names. */
import type { components } from "@/api/contract";

type Schemas = components["schemas"];

export type Colour = Schemas["MatterItem"]["colour"];
export type ClockState = Schemas["ClockView"]["state"];

export type Me = Schemas["Me"];
export type Desk = Schemas["OfficeHeld"];
export type Office = Desk["office"];
export type Unit = Schemas["UnitView"];
export type Holder = Schemas["Holder"];
export type Roster = Schemas["Roster"];
export type Charge = Schemas["Offence"];
export type Offences = Schemas["Offences"];
export type Words = Schemas["Words"];

/** JSON Schema as the forms of the house are written. */
export type JsonSchema = Record<string, unknown> & {
  readonly title?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
};

/** The schema of a form: the contract says no more of it than that it is an object. */
export function schemaOf(form: Readonly<Record<string, unknown>>): JsonSchema {
  return form as JsonSchema;
}

export type Kind = Schemas["KindView"];
/** A step that the caller may take now. */
export type Step = Schemas["StepOpen"];
export type Receipt = Schemas["Receipt"];

export type Task = Schemas["TaskItem"];
export type Reading = Schemas["AccessTraceView"];
export type ReadingSort = Schemas["Reading"];
export type Coming = Schemas["SignInTraceView"];
export type ComingSort = Schemas["AccountEvent"];
export type BureauEntry = Schemas["BureauEntryItem"];
export type ReportItem = Schemas["ReportItem"];
export type ReportView = Schemas["ReportView"];
export type ReportSection = Schemas["ReportSection"];
export type SecondFactor = Schemas["FactorView"];
export type OwnComing = Schemas["SignInView"];
export type Done = Schemas["DoneItem"];
export type Started = Schemas["StartedItem"];
export type Copied = Schemas["CopiedItem"];
export type DueCounts = Schemas["DueCounts"];
export type Notice = Schemas["NoticeItem"];

export type OrderRow = Schemas["OrderRow"];
export type LetterRow = Schemas["LetterRow"];
export type SupervisionRow = Schemas["SupervisionRow"];
export type AlertRow = Schemas["AlertItem"];
export type Series = Schemas["SeriesView"];
export type SeriesPair = Schemas["PairView"];
export type FindingRow = Schemas["FindingItem"];
export type InspectionView = Schemas["InspectionView"];
export type InspectionQuality = Schemas["QualityView"];
export type InspectionSettings = Schemas["InspectionSettingList"];
export type InspectionSetting = Schemas["InspectionSettingView"];
export type InspectionTrial = Schemas["TrialView"];
export type InspectionTrialDetail = Schemas["TrialDetail"];

export type SheetItem = Schemas["SheetItem"];
export type SheetView = Schemas["SheetView"];
export type MaskedStep = Schemas["MaskedStep"];
export type ChecklistItem = Schemas["ChecklistItem"];
export type ItemScore = Schemas["ItemScore"];
export type RoundItem = Schemas["RoundItem"];
export type DrawView = Schemas["DrawView"];
export type ReviewedFileRow = Schemas["ReviewedFile"];
export type ReviewView = Schemas["ReviewView"];
export type DriveProgress = Schemas["DriveProgress"];
export type DriveView = Schemas["DriveView"];
export type DriveItem = Schemas["DriveItemView"];
export type ReviewResults = Schemas["ReviewResults"];

export type MatterRow = Schemas["MatterItem"];
export type MatterCard = Schemas["MatterCard"];
export type PersonInMatter = Omit<Schemas["PersonOnCard"], "spelt">;
export type ApprovalRequest = Schemas["RequestView"];
export type RequestSheet = Schemas["RequestSheet"];
export type Clock = Schemas["ClockView"];
export type ClockRow = Schemas["ClockItem"];
export type ClockWithReasons = Schemas["ClockWithReasons"];
export type ClockExplained = Schemas["ClockExplained"];
export type JournalEntry = Schemas["JournalEntry"];
export type StagePassed = Schemas["StagePassed"];
export type PersonsMeasures = Schemas["PersonsMeasures"];
export type Documents = Schemas["Documents"];
export type Dossier = Schemas["Dossier"];
export type ArticleWorded = Schemas["ArticleWorded"];
export type Vital = Schemas["Vital"];
