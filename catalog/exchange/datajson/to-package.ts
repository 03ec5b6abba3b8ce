import { type Fields, isFields, objectsIn, packageFields } from '../ckan/package-fields.ts';
import { findTheme } from '../spellings.ts';

/** What DCAT-US calls the three levels, as codes of the EU's table. */
const accessRights: Readonly<Record<string, string>> = {
  public: 'PUBLIC',
  'restricted public': 'RESTRICTED',
  'non-public': 'NON_PUBLIC',
};

/**
 * One dataset of a data.json in the words of a CKAN package, as data.gov's harvester turns it, so that values are
 * cleaned in one place whichever way they came.
 *
 * @see https://resources.data.gov/resources/dcat-us/ version 1.1
 */
export function dataJsonToPackage(dataset: Fields): Fields {
  const fields = packageFields(dataset);
  const publisher = fields.all('publisher').find(isFields);
  const contact = fields.all('contactPoint').find(isFields);
  const themes = fields.texts('theme');
  const isKnown = (theme: string) => findTheme(theme) !== undefined;
  const [temporalStart, temporalEnd] = (fields.text('temporal') ?? '').split('/');
  return {
    name: fields.text('identifier') ?? fields.text('title'),
    identifier: fields.text('identifier'),
    title: fields.text('title'),
    notes: fields.text('description'),
    organization: { name: publisher?.['name'], title: publisher?.['name'] },
    maintainer: contact?.['fn'],
    maintainer_email: contact?.['hasEmail'],
    // A theme that the EU's table lacks is a word to find the dataset by all the same.
    tags: [...fields.texts('keyword'), ...themes.filter((theme) => !isKnown(theme))],
    theme: themes.filter(isKnown),
    access_rights: accessRights[fields.text('accessLevel') ?? ''],
    frequency: fields.text('accrualPeriodicity'),
    issued: fields.text('issued'),
    modified: /^R\//.test(fields.text('modified') ?? '') ? undefined : fields.text('modified'),
    language: fields.texts('language'),
    temporal_start: temporalStart,
    temporal_end: temporalEnd,
    spatial: fields.text('spatial'),
    url: fields.text('landingPage'),
    documentation: [...fields.texts('describedBy'), ...fields.texts('references')],
    conforms_to: fields.texts('conformsTo'),
    license_url: fields.text('license'),
    resources: objectsIn(fields.all('distribution')).map((distribution) =>
      toResource(distribution, fields.text('rights')),
    ),
  };
}

function toResource(distribution: Fields, rights: string | undefined): Fields {
  const fields = packageFields(distribution);
  return {
    name: fields.text('title'),
    description: fields.text('description'),
    url: fields.text('downloadURL', 'accessURL'),
    access_url: fields.text('accessURL'),
    download_url: fields.text('downloadURL'),
    format: fields.text('format'),
    mimetype: fields.text('mediaType'),
    conforms_to: fields.texts('conformsTo'),
    documentation: fields.texts('describedBy'),
    rights,
  };
}
