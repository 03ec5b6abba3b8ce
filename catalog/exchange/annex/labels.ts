import type { Message } from '../../kernel/lang-text.ts';
import { schemas } from '../../model/schemas.ts';

type Labels = Readonly<Record<string, Message>>;

const inventory = schemas.get('inventory.schema.json')?.properties ?? {};

/** What the inventory's schema calls each degree of openness. */
export const opennessLabels: Labels = inventory['openness']?.['x-labels'] ?? {};

/** What it calls each way of access. */
export const accessMethodLabels: Labels =
  inventory['release']?.properties?.['accessMethods']?.['x-labels'] ?? {};
