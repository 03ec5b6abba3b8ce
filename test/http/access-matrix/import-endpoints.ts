import type { Actor } from '../../../catalog/access/actor.ts';
import { commitImport } from '../../../catalog/desk/annex-import/commit-import.ts';
import { judgeImport } from '../../../catalog/desk/annex-import/judge-import.ts';
import { getImport, openImport } from '../../../catalog/desk/annex-import/open-import.ts';
import type { EndpointRow } from './matrix.ts';
import { cityPeople, signedIn, type Who } from './people.ts';
import type { World } from './world.ts';

const list = '/workspace/import';
const grants = [{ role: 'editor', agency: 'so-xay-dung' }] as const;
const sender: readonly Who[] = ['editor', ...cityPeople];
const notTheirs: readonly Who[] = ['approver', 'other editor', 'other approver'];
let serial = 0;

/** `/workspace/import`: a table is seen by who sent it, and by who works for the city. */
export const importEndpoints: readonly EndpointRow[] = [
  { endpoint: `GET ${list}`, may: signedIn, ask: async () => ({ path: list }) },
  {
    endpoint: `GET ${list}/template.xlsx`,
    may: signedIn,
    ask: async () => ({ path: `${list}/template.xlsx` }),
  },
  {
    endpoint: `POST ${list}`,
    may: signedIn,
    answer: 303,
    ask: async () => ({
      path: list,
      body: { plan: '2026' },
      file: new File([table()], 'phu-luc.csv'),
    }),
  },
  of(`GET ${list}/:id`, 200),
  of(`GET ${list}/:id/rows.csv`, 200),
  of(`GET ${list}/:id/rows/:line`, 200),
  of(`POST ${list}/:id/rows/:line`, 303, { 'cell/2/due': 'Quý II/2026' }),
  of(`POST ${list}/:id/columns`, 303, {
    row: '1',
    'column/1': 'title',
    'column/2': 'publisher',
    'column/3': 'due',
  }),
  of(`POST ${list}/:id/cells`, 303, { 'cell/2/due': 'Quý II/2026' }),
  of(`POST ${list}/:id/discard`, 303),
  {
    ...of(`POST ${list}/:id/commit`, 303),
    ask: async (world) => {
      const id = await sent(world);
      return { path: `${list}/${id}/commit`, body: { seal: await sealOf(id, world) } };
    },
  },
  {
    ...of(`POST ${list}/:id/undo`, 303),
    ask: async (world) => {
      const id = await sent(world);
      const agreement = { seal: await sealOf(id, world), withoutRefused: false };
      const { product } = world.server;
      await commitImport(await draftOf(id, world), agreement, editorIn(world), product);
      return { path: `${list}/${id}/undo` };
    },
  },
];

function of(endpoint: string, answer: number, body?: object): EndpointRow {
  const path = endpoint.split(' ')[1] ?? '';
  return {
    endpoint,
    may: sender,
    answer,
    hiddenFrom: notTheirs,
    ask: async (world) => ({
      path: path.replace(':id', await sent(world)).replace(':line', '2'),
      ...(body && { body }),
    }),
  };
}

function table(): string {
  serial += 1;
  return `STT,Tên tập dữ liệu,Đơn vị chủ trì,Thời hạn\n1,Bảng ${serial},Sở Xây dựng,Quý I/2026`;
}

function editorIn({ accounts }: World): Actor {
  return { id: accounts.editor, name: 'editor', grants };
}

/** A table that the editor has sent and that nothing has become of: reading another one takes a thread its time. */
async function sent(world: World): Promise<string> {
  const { product } = world.server;
  const open = product.database.read
    .selectFrom('annex_import')
    .select('id')
    .where('outcome_json', 'is', null)
    .where('account_id', '=', world.accounts.editor);
  const known = await open.executeTakeFirst();
  if (known) return known.id;
  const input = { bytes: Buffer.from(table()), fileName: 'phu-luc.csv', plan: '2026' };
  return (await openImport(input, world.accounts.editor, editorIn(world), product)).id;
}

const draftOf = (id: string, world: World) =>
  getImport(id, world.accounts.editor, editorIn(world), world.server.product.database.current);

/** The seal is the same whoever may write for the agency. */
async function sealOf(id: string, world: World): Promise<string> {
  const { database, clock } = world.server.product;
  const draft = await draftOf(id, world);
  return (await judgeImport(draft, editorIn(world), database.current, clock())).seal;
}
