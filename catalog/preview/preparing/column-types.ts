import type { ColumnType } from '../preview-facts.ts';

/** A way in which the texts of a column may be values: how to see it in a few, and how to turn all of them. */
interface Reading {
  readonly type: ColumnType;
  /** Matches a text that is such a value, by its form. */
  readonly form: string;
  /** SQL that gives the value of text `c`, or null when it is none. */
  value(c: string): string;
}

const whole = '-?(0|[1-9][0-9]{0,17})';
/** What has a nought before it is a code: a telephone number, the number of a ward. */
const isCode = (c: string) =>
  `(${c}[1] = '0' and length(${c}) > 1 and ${c}[2] between '0' and '9')`;

/** In the order in which they are tried: the first that all values of a column can be read as is its type. */
const readings: readonly Reading[] = [
  {
    type: 'integer',
    form: whole,
    value: (c) => `case when ${isCode(c)} then null else try_cast(${c} as bigint) end`,
  },
  {
    type: 'decimal',
    form: `(${whole}(\\.[0-9]+)?|-?[0-9]+(\\.[0-9]+)?[eE][+-]?[0-9]+)`,
    value: (c) => `case when ${isCode(c)} then null else try_cast(${c} as double) end`,
  },
  // 1.234.567 and 1.234,5 as Vietnamese writes them; then 1,234,567.8.
  {
    type: 'decimal',
    form: '-?([0-9]{1,3}(\\.[0-9]{3})+(,[0-9]+)?|(0|[1-9][0-9]*)(,[0-9]+)?)',
    value: (c) =>
      `case when ${isCode(c)} then null else try_cast(replace(replace(${c}, '.', ''), ',', '.') as double) end`,
  },
  {
    type: 'decimal',
    form: '-?([0-9]{1,3}(,[0-9]{3})+(\\.[0-9]+)?|(0|[1-9][0-9]*)(\\.[0-9]+)?)',
    value: (c) =>
      `case when ${isCode(c)} then null else try_cast(replace(${c}, ',', '') as double) end`,
  },
  {
    type: 'date',
    form: '[0-9]{4}-[0-9]{2}-[0-9]{2}',
    value: (c) => `case when length(${c}) = 10 then try_cast(${c} as date) end`,
  },
  {
    type: 'date',
    form: '[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}',
    value: (c) => `try_cast(try_strptime(${c}, '%d/%m/%Y') as date)`,
  },
  {
    type: 'datetime',
    form: '[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?',
    value: (c) => `try_cast(${c} as timestamp)`,
  },
  {
    type: 'boolean',
    form: '(true|false|TRUE|FALSE|True|False)',
    value: (c) => `try_cast(${c} as boolean)`,
  },
];

export const textReading: Pick<Reading, 'type' | 'value'> = { type: 'text', value: (c) => c };

/** SQL that tells of a sample how many values of a column have each form. */
export function formCounts(column: string): readonly string[] {
  return readings.map(({ form }) => `count(*) filter (regexp_full_match(${column}, '${form}'))`);
}

/** The readings that fit all `filled` values of a sample, given how many have each form. */
export function candidatesFor(filled: number, counts: readonly number[]): readonly Reading[] {
  return filled === 0 ? [] : readings.filter((_reading, index) => counts[index] === filled);
}
