import { createDescriber } from '../../catalog/dcat/record-forms.ts';
import { engineValidator, ownShapes, ownShapesValidator } from '../../catalog/validation/shacl.ts';
import { validateDataset } from '../../catalog/validation/validate-record.ts';
import { generateRecord } from './generate-records.ts';
import { type BenchSetting, type Figure, median, repeat } from './measure.ts';

const ofSchema = 20_000;
const ofShapes = 2000;
/** The engine is so much slower that a few tell its speed. */
const ofEngine = 100;

/** Records a second that the schema and the shapes judge, each alone, on one core. */
export async function benchValidate({ runs }: BenchSetting): Promise<readonly Figure[]> {
  const texts = Array.from({ length: ofSchema }, (_, n) => JSON.stringify(generateRecord(n)));
  const records = texts.map((text) => JSON.parse(text) as ReturnType<typeof generateRecord>);
  const parse = await rate(runs, ofSchema, () => {
    for (const text of texts) JSON.parse(text);
  });
  const schema = await rate(runs, ofSchema, () => {
    for (const record of records) {
      if (validateDataset(record, 'release').length > 0) throw new Error(`${record.id} is invalid`);
    }
  });

  const describer = createDescriber('https://data.example.vn');
  const graphs = records
    .slice(0, ofShapes)
    .map((record) => describer.quads(describer.datasetNode(record), record.id));
  const validate = ownShapesValidator(describer.context);
  const engine = engineValidator(ownShapes(describer.context));
  const compiled = await rate(runs, ofShapes, () => {
    for (const graph of graphs) validate(graph);
  });
  const whole = await rate(runs, ofEngine, async () => {
    for (const graph of graphs.slice(0, ofEngine)) await engine(graph);
  });
  return [
    {
      name: 'JSON Schema',
      value: schema,
      unit: 'datasets/s',
      reference: { name: 'JSON.parse of the same', value: parse },
      target: { atLeast: 20_000 },
    },
    {
      name: 'our SHACL shapes',
      value: compiled,
      unit: 'datasets/s',
      reference: { name: 'rdf-validate-shacl, the same shapes', value: whole },
      target: { atLeast: 300 },
    },
  ];
}

/** How many a second, as the median of several rounds after one that warms up. */
async function rate(
  runs: number,
  count: number,
  work: () => void | Promise<void>,
): Promise<number> {
  await work();
  return median(
    await repeat(runs, async () => {
      const start = performance.now();
      await work();
      return (count * 1000) / (performance.now() - start);
    }),
  );
}
