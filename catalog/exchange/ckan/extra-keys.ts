/*
 * Under which keys CKAN's packages and resources keep a fact of DCAT, by our property: ckanext-dcat's extras, and what
 * other schemas call them. We read the first that says something, and write the first of the list.
 */

export const datasetKeys = {
  identifier: ['identifier', 'guid'],
  issued: ['issued', 'metadata_created'],
  modified: ['modified', 'metadata_modified'],
  language: ['language', 'metadata-language'],
  theme: ['theme'],
  type: ['dcat_type'],
  accessRights: ['access_rights'],
  accrualPeriodicity: [
    'frequency',
    'accrual_periodicity',
    'update_frequency',
    'update_freq',
    'frequency-of-update',
  ],
  temporalResolution: ['temporal_resolution'],
  spatialResolutionInMeters: ['spatial_resolution_in_meters'],
  landingPage: ['url', 'landing_page'],
  page: ['documentation'],
  conformsTo: ['conforms_to'],
  provenance: ['provenance'],
  version: ['version', 'dcat_version'],
  versionNotes: ['version_notes'],
  source: ['source'],
  relation: ['related_resource'],
  isReferencedBy: ['is_referenced_by'],
  hasVersion: ['has_version'],
  applicableLegislation: ['applicable_legislation'],
  hvdCategory: ['hvd_category'],
} as const;

export const resourceKeys = {
  rights: ['rights'],
  language: ['language'],
  availability: ['availability'],
  status: ['status'],
  conformsTo: ['conforms_to'],
  page: ['documentation'],
  compressFormat: ['compress_format'],
  packageFormat: ['package_format'],
  applicableLegislation: ['applicable_legislation'],
  temporalResolution: ['temporal_resolution'],
  spatialResolutionInMeters: ['spatial_resolution_in_meters'],
} as const;
