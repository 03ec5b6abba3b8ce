/** What there is to show an address with. */
export interface ExampleIds {
  readonly dataset?: string;
  readonly publisher?: string;
  /** A file of the dataset. */
  readonly file?: string;
  readonly year?: string;
}

/**
 * For the paths of the API that anybody may read, an address that answers now, by the path as OpenAPI writes it. A path
 * that nothing published can be put into has none.
 */
export function liveExamples({
  dataset,
  publisher,
  year,
}: ExampleIds): ReadonlyMap<string, string> {
  const api = '/api/v1';
  const always: readonly (readonly [string, string])[] = [
    ['/datasets', '/datasets?q=xe+buyt&limit=5'],
    ['/series', '/series'],
    ['/services', '/services'],
    ['/services/{id}', '/services/ckan-api'],
    ['/roadmap', '/roadmap'],
    ['/metrics', '/metrics?by=month'],
    ['/reuses', '/reuses'],
    ['/requests', '/requests'],
    ['/feedback', '/feedback'],
    ['/indicators', '/indicators'],
    ['/rankings', '/rankings'],
    ['/criteria', '/criteria'],
    ['/criteria/{version}', '/criteria/1'],
    ['/suggest', '/suggest?q=xe'],
  ];
  const ofDataset: readonly (readonly [string, string])[] =
    dataset === undefined
      ? []
      : [
          ['/datasets/{id}', `/datasets/${dataset}`],
          ['/datasets/{id}/quality', `/datasets/${dataset}/quality`],
        ];
  const ofAgency: readonly (readonly [string, string])[] =
    publisher === undefined
      ? []
      : [
          ['/agencies/{id}/quality', `/agencies/${publisher}/quality`],
          ['/indicators/{agency}', `/indicators/${publisher}`],
        ];
  const ofYear: readonly (readonly [string, string])[] =
    year === undefined ? [] : [['/plans/{year}', `/plans/${year}`]];
  return new Map([
    ...[...always, ...ofDataset, ...ofAgency, ...ofYear].map(
      ([path, example]) => [api + path, api + example] as const,
    ),
    ['/healthz', '/healthz'],
    ['/readyz', '/readyz'],
  ]);
}
