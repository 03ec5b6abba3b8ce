import type { TestServer } from './server.ts';

/** The envelope of CKAN's action API. */
export interface Envelope<Result = unknown> {
  readonly help: string;
  readonly success: boolean;
  readonly result: Result;
  readonly error: Readonly<Record<string, unknown>> & { readonly __type: string };
}

export interface SearchResult {
  readonly count: number;
  readonly sort: string;
  readonly facets: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly search_facets: Readonly<
    Record<
      string,
      { readonly title: string; readonly items: readonly Readonly<Record<string, unknown>>[] }
    >
  >;
  readonly results: readonly Package[];
}

export interface Package {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly owner_org: string;
  readonly metadata_created: string;
  readonly metadata_modified: string;
  readonly organization: Readonly<Record<string, unknown>>;
  readonly extras: readonly { readonly key: string; readonly value: string }[];
  readonly resources: readonly (Readonly<Record<string, unknown>> & { readonly id: string })[];
  readonly [key: string]: unknown;
}

/** Calls actions as a client by GET does, whatever they answer. */
export function ckanClient(server: TestServer) {
  async function call<Result = unknown>(
    name: string,
    parameters: Readonly<Record<string, string | readonly string[]>> = {},
  ): Promise<{ readonly status: number; readonly body: Envelope<Result> }> {
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries(parameters)) {
      for (const one of [value].flat()) query.append(key, one);
    }
    const answer = await server.get(`/api/3/action/${name}?${query}`);
    return { status: answer.status, body: (await answer.json()) as Envelope<Result> };
  }
  return {
    call,
    /** The result of a call that must succeed. */
    async result<Result>(
      name: string,
      parameters?: Readonly<Record<string, string | readonly string[]>>,
    ): Promise<Result> {
      const { status, body } = await call<Result>(name, parameters);
      if (status !== 200) throw new Error(`${name}: ${status} ${JSON.stringify(body)}`);
      return body.result;
    },
    /** Names of what package_search finds, in its order. */
    async found(parameters: Readonly<Record<string, string | readonly string[]>>) {
      const { body } = await call<SearchResult>('package_search', { rows: '1000', ...parameters });
      return body.success ? body.result.results.map(({ name }) => name) : [body.error.__type];
    },
  };
}
