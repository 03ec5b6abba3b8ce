import { formatLabel } from './dataset-card.ts';
import type { PageContext } from './page-context.ts';

/** Lines that fetch a dataset in one language. They run as they stand. */
export interface Snippet {
  readonly name: string;
  readonly code: string;
}

/** A file as a program gets it. */
export interface FetchedFile {
  readonly url: string;
  /** Code of the table of file types. */
  readonly format?: string | undefined;
}

/** What a program does with what it fetched. */
type Shape = 'csv' | 'json' | 'xlsx' | 'other';

const shapes: Readonly<Record<string, Shape>> = {
  CSV: 'csv',
  JSON: 'json',
  GEOJSON: 'json',
  JSON_LD: 'json',
  XLSX: 'xlsx',
};
const easiest: readonly Shape[] = ['csv', 'json', 'xlsx', 'other'];

const python: Readonly<Record<Shape, (url: string) => string>> = {
  csv: (url) => `import csv, io, urllib.request

with urllib.request.urlopen("${url}") as answer:
    rows = list(csv.DictReader(io.TextIOWrapper(answer, encoding="utf-8-sig")))
print(len(rows), rows[0])
# pandas: pandas.read_csv("${url}")`,
  json: (url) => `import json, urllib.request

with urllib.request.urlopen("${url}") as answer:
    data = json.load(answer)
print(type(data), len(data))`,
  xlsx: (url) => `import pandas  # pip install pandas openpyxl

data = pandas.read_excel("${url}")
print(data.head())`,
  other: (url) => `import urllib.request

with urllib.request.urlopen("${url}") as answer:
    data = answer.read()
print(len(data))`,
};

const r: Readonly<Record<Shape, (url: string) => string>> = {
  csv: (url) => `data <- read.csv("${url}", fileEncoding = "UTF-8-BOM")
head(data)`,
  json: (url) => `data <- jsonlite::fromJSON("${url}")  # install.packages("jsonlite")
str(data, max.level = 1)`,
  xlsx: (url) => `file <- tempfile(fileext = ".xlsx")
download.file("${url}", file, mode = "wb")
data <- readxl::read_excel(file)  # install.packages("readxl")`,
  other: (url) => `download.file("${url}", "data", mode = "wb")`,
};

const javascript: Readonly<Record<Shape, (url: string) => string>> = {
  csv: (url) => `const answer = await fetch("${url}");
const lines = (await answer.text()).trim().split("\\n");
console.log(lines.length, lines[0]);`,
  json: (url) => `const answer = await fetch("${url}");
const data = await answer.json();
console.log(Object.keys(data).slice(0, 5));`,
  xlsx: (url) => binary(url),
  other: (url) => binary(url),
};

function binary(url: string): string {
  return `const answer = await fetch("${url}");
const data = await answer.arrayBuffer();
console.log(data.byteLength);`;
}

/** Power Query M: in Excel under Data, Get Data, Blank Query, Advanced Editor. */
const excel: Readonly<Record<Shape, (url: string) => string>> = {
  csv: (url) => `let
  Source = Csv.Document(Web.Contents("${url}"), [Delimiter = ",", Encoding = 65001]),
  Rows = Table.PromoteHeaders(Source, [PromoteAllScalars = true])
in
  Rows`,
  json: (url) => `let
  Source = Json.Document(Web.Contents("${url}"))
in
  Source`,
  xlsx: (url) => `let
  Source = Excel.Workbook(Web.Contents("${url}"), true)
in
  Source`,
  other: (url) => `let
  Source = Web.Contents("${url}")
in
  Source`,
};

const mostCommands = 3;

/** How to get a dataset without a browser: its files by shell, and the easiest of them in the languages people use. */
export function useSnippets(
  id: string,
  files: readonly FetchedFile[],
  { baseURL, t }: PageContext,
): { readonly about?: string; readonly snippets: readonly Snippet[] } {
  const lines = files.slice(0, mostCommands).map(({ url }) => `curl -LO '${url}'`);
  const curl = [
    ...lines,
    `# ${t('dataset.api.description')}`,
    `curl ${baseURL}/dataset/${id}.ttl`,
  ].join('\n');
  const easy = easiest.flatMap((shape) => files.filter((file) => shapeOf(file) === shape))[0];
  const file = easy ?? { url: `${baseURL}/api/v1/datasets/${id}`, format: 'JSON' };
  const shape = shapeOf(file);
  return {
    ...(easy?.format !== undefined && {
      about: t('dataset.api.about', { format: formatLabel(easy.format) }),
    }),
    snippets: [
      { name: 'curl', code: curl },
      { name: 'Python', code: python[shape](file.url) },
      { name: 'R', code: r[shape](file.url) },
      { name: 'JavaScript', code: javascript[shape](file.url) },
      { name: 'Excel (Power Query)', code: excel[shape](file.url) },
    ],
  };
}

function shapeOf({ format }: FetchedFile): Shape {
  return shapes[format ?? ''] ?? 'other';
}

/** An address that may stand between quotes of any kind. */
export function quotable(url: string): string {
  return url.replaceAll("'", '%27').replaceAll('"', '%22').replaceAll('\\', '%5C');
}
