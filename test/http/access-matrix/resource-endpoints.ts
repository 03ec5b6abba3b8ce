import { operator } from '../../../catalog/access/actor.ts';
import type { ResourceKind } from '../../../catalog/model/resource.ts';
import { saveResource } from '../../../catalog/publication/save-resource.ts';
import type { EndpointRow } from './matrix.ts';
import { agencyPeople, cityPeople } from './people.ts';
import type { World } from './world.ts';

let count = 0;

/** The least that one can say of a series or a service. */
export function described(kind: ResourceKind, id: string) {
  return {
    id,
    title: { vi: 'Tên' },
    description: { vi: 'Mô tả' },
    publisher: 'so-xay-dung',
    ...(kind === 'service' && { endpointURL: ['https://api.example.vn/'] }),
  };
}

async function fresh(kind: ResourceKind, { server }: World): Promise<string> {
  count += 1;
  const id = `${kind}-${count}`;
  await saveResource(kind, described(kind, id), 'new', operator, server.product);
  return id;
}

function endpointsOf(kind: ResourceKind, path: string): readonly EndpointRow[] {
  return [
    {
      endpoint: `POST ${path}`,
      may: [...agencyPeople, ...cityPeople],
      answer: 201,
      ask: async () => {
        count += 1;
        return { path, body: described(kind, `moi-${kind}-${count}`) };
      },
    },
    {
      endpoint: `PUT ${path}/:id`,
      may: [...agencyPeople, ...cityPeople],
      ask: async (world) => {
        const id = await fresh(kind, world);
        const body = { ...described(kind, id), title: { vi: 'Tên khác' } };
        return { path: `${path}/${id}`, headers: { 'If-Match': '"1"' }, body };
      },
    },
    {
      endpoint: `POST ${path}/:id/withdraw`,
      may: ['approver', ...cityPeople],
      ask: async (world) => ({
        path: `${path}/${await fresh(kind, world)}/withdraw`,
        body: { reason: 'Thử' },
      }),
    },
  ];
}

/** `/api/v1/series` and `/api/v1/services`. */
export const resourceEndpoints: readonly EndpointRow[] = [
  ...endpointsOf('series', '/api/v1/series'),
  ...endpointsOf('service', '/api/v1/services'),
];
