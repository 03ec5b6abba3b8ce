/** Where each kind of resource lives. Every IRI we mint starts with the public origin, never with a request's host. */
export function mintIri(baseURL: string) {
  return {
    catalog: (): string => `${baseURL}/catalog`,
    dataset: (id: string): string => `${baseURL}/dataset/${id}`,
    distribution: (id: string): string => `${baseURL}/distribution/${id}`,
    agency: (id: string): string => `${baseURL}/agency/${id}`,
    series: (id: string): string => `${baseURL}/series/${id}`,
    service: (id: string): string => `${baseURL}/service/${id}`,
    /** A catalogue within the catalogue. */
    part: (id: string): string => `${baseURL}/catalog/${id}`,
    /** What the catalogue says of a dataset's entry in it. */
    record: (id: string): string => `${baseURL}/dataset/${id}#record`,
    plan: (year: string): string => `${baseURL}/plan/${year}`,
    /** What the catalogue measured of a dataset: its quality, its downloads. */
    measurement: (id: string, name: string): string => `${baseURL}/dataset/${id}/quality#${name}`,
    /** Where a blank node that several triples point to gets its name. RDF 1.1 Concepts §3.5. */
    skolem: (label: string): string => `${baseURL}/.well-known/genid/${label}`,
    place: (code: string): string => `${baseURL}/place/${code}`,
  };
}

export type MintIri = ReturnType<typeof mintIri>;
