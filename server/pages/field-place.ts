import { resolveSchema, type SchemaNode, schemas } from '../../catalog/model/schemas.ts';
import type { PageContext } from './page-context.ts';

/** What a pointer into a record leads to, in the words of the schema: `Tệp, nguồn tải 2 › Giấy phép`. */
export function placeOf(pointer: string, { lang }: PageContext): string {
  const words: string[] = [];
  let here = { node: schemas.get('dataset.schema.json') ?? {}, file: 'dataset.schema.json' };
  for (const step of pointer.split('/').slice(1)) {
    if (/^\d+$/.test(step) && here.node.items) {
      words.push(`${words.pop() ?? ''} ${Number(step) + 1}`);
      here = resolveSchema(here.node.items, here.file);
      continue;
    }
    const property = here.node.properties?.[step];
    if (!property) break;
    const resolved = resolveSchema(property, here.file);
    const title = titleOf(property, lang) ?? titleOf(resolved.node, lang);
    // The plan's part of a record is no field of its own.
    if (title !== undefined && step !== 'inventory') words.push(title);
    here = resolved;
  }
  return words.length > 0 ? words.join(' › ') : pointer;
}

function titleOf(node: SchemaNode, lang: string): string | undefined {
  return lang === 'en' ? (node['x-en']?.title ?? node.title) : node.title;
}
