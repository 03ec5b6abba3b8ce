import type { LangText } from '../kernel/lang-text.ts';
import type { ReportFigures } from './report-figures.ts';

/** A report about to be written: its figures, and what was said when it was closed. */
export interface ReportPaper {
  readonly figures: ReportFigures;
  /** Absent: a draft, as it would be today. */
  readonly closed?: {
    readonly version: number;
    readonly closedAt: string;
    readonly remarks?: LangText;
    readonly reason?: string;
  };
}

export interface ReportSetting {
  readonly lang: 'vi' | 'en';
  /** Where evidence is found. */
  readonly baseURL: string;
}
