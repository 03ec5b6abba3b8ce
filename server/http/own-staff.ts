import { BlockList, isIP } from 'node:net';
import { findVisitor } from '../../catalog/access/sessions.ts';
import type { Caller } from '../../catalog/usage/usage-event.ts';
import type { AuthenticateDeps } from './authenticate.ts';

export type StaffDeps = AuthenticateDeps & {
  /** Networks of the catalogue's own offices: `10.1.0.0/16`. */
  readonly ownNetworks: readonly string[];
};

/** Whether it is the catalogue's own staff that calls: from its networks, signed in, or with a token that counts. */
export function createStaffTest({ ownNetworks, ...deps }: StaffDeps) {
  const networks = new BlockList();
  for (const network of ownNetworks) {
    const [address = '', bits] = network.split('/');
    networks.addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
  return async ({ address, session, authorization }: Caller): Promise<boolean> => {
    const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
    const version = isIP(plain);
    if (version !== 0 && networks.check(plain, version === 6 ? 'ipv6' : 'ipv4')) return true;
    if (session !== undefined && (await findVisitor(session, deps))) return true;
    const token = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
    return token !== undefined && (await deps.tokens.authenticate(token)) !== undefined;
  };
}
