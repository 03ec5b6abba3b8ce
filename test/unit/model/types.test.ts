import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../../catalog/kernel/project-root.ts';
import { type SchemaNode, schemas } from '../../../catalog/model/schemas.ts';
import { interfaceProperties } from '../../support/interface-properties.ts';

const model = (file: string) => interfaceProperties(join(projectRoot, 'catalog', 'model', file));
const dataset = model('dataset.ts');
const schemaOf = (file: string, ...path: readonly string[]): SchemaNode | undefined =>
  path.reduce<SchemaNode | undefined>(
    (node, key) => node?.properties?.[key],
    schemas.get(`${file}.schema.json`),
  );

describe('the types', () => {
  it.each([
    { type: 'DatasetRecord', from: dataset, schema: schemaOf('dataset') },
    { type: 'DistributionRecord', from: dataset, schema: schemaOf('distribution') },
    { type: 'ContactPoint', from: dataset, schema: schemaOf('contact-point') },
    { type: 'PeriodOfTime', from: dataset, schema: schemaOf('period-of-time') },
    { type: 'Location', from: dataset, schema: schemaOf('location') },
    { type: 'Geometry', from: dataset, schema: schemaOf('geometry') },
    { type: 'Checksum', from: dataset, schema: schemaOf('checksum') },
    { type: 'Statement', from: dataset, schema: schemaOf('provenance-statement') },
    { type: 'Statement', from: dataset, schema: schemaOf('rights-statement') },
    { type: 'Relationship', from: dataset, schema: schemaOf('relationship') },
    { type: 'Attribution', from: dataset, schema: schemaOf('attribution') },
    { type: 'Identifier', from: dataset, schema: schemaOf('identifier') },
    { type: 'Policy', from: dataset, schema: schemaOf('policy') },
    { type: 'Permission', from: dataset, schema: schemaOf('permission') },
    { type: 'Prohibition', from: dataset, schema: schemaOf('prohibition') },
    { type: 'Duty', from: dataset, schema: schemaOf('duty') },
    { type: 'Inventory', from: dataset, schema: schemaOf('inventory') },
    { type: 'Priority', from: dataset, schema: schemaOf('inventory', 'priority') },
    { type: 'ReleaseCommitment', from: dataset, schema: schemaOf('inventory', 'release') },
    {
      type: 'UpdateResponsibility',
      from: dataset,
      schema: schemaOf('inventory', 'updateResponsibility'),
    },
    { type: 'AgencyRecord', from: model('agency.ts'), schema: schemaOf('agency') },
    { type: 'PlanRecord', from: model('plan.ts'), schema: schemaOf('plan') },
    { type: 'ReuseInput', from: model('reuse.ts'), schema: schemaOf('reuse') },
    { type: 'RequestInput', from: model('inquiry.ts'), schema: schemaOf('request') },
    { type: 'FeedbackInput', from: model('inquiry.ts'), schema: schemaOf('feedback') },
    { type: 'CriterionRecord', from: model('criterion.ts'), schema: schemaOf('criterion') },
    { type: 'CriteriaRecord', from: model('criterion.ts'), schema: schemaOf('criteria-set') },
  ])('$type has the fields of its schema and no other', ({ type, from, schema }) => {
    const fields = Object.keys(schema?.properties ?? {});

    expect(fields.length).toBeGreaterThan(0);
    expect([...(from.get(type) ?? [])].sort()).toEqual(fields.sort());
  });
});
