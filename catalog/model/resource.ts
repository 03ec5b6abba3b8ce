import type { LangText } from '../kernel/lang-text.ts';
import type { ContactPoint } from './dataset.ts';

/** What is in the catalogue beside datasets. */
export type ResourceKind = 'series' | 'service';

/** The schema of each kind, whose class it is. */
export const resourceSchemas: Readonly<Record<ResourceKind, string>> = {
  series: 'dataset-series.schema.json',
  service: 'data-service.schema.json',
};

export const resourceKinds = Object.keys(resourceSchemas) as readonly ResourceKind[];

/** What series and services have in common. The truth is their schemas. */
export interface ResourceRecord {
  readonly id: string;
  readonly title: LangText;
  readonly description?: LangText;
  readonly publisher: string;
  readonly contactPoint?: ContactPoint | readonly ContactPoint[];
  readonly endpointURL?: readonly string[];
  readonly endpointDescription?: readonly string[];
  readonly servesDataset?: readonly string[];
  readonly page?: readonly string[];
  readonly [key: string]: unknown;
}
