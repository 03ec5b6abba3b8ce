import * as oidc from 'openid-client';
import type { Identity } from '../../catalog/access/sign-in-by-oidc.ts';
import { CatalogError } from '../../catalog/kernel/errors.ts';

export interface SingleSignOnConfig {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  /** Where the provider sends people back to. */
  readonly redirectURL: string;
  /** Where it leads after signing out. */
  readonly signedOutURL: string;
}

/** What must be known again when somebody comes back from the provider. */
export interface Ticket {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** A provider of single sign-on, by the authorization code with PKCE. */
export interface SingleSignOn {
  /** The provider's address to send somebody to, and what to keep until they are back. */
  begin(): Promise<{ readonly url: string; readonly ticket: Ticket }>;
  /**
   * Who came back.
   *
   * @param search the query that the provider sent them back with
   * @throws {CatalogError} `invalid` / `single-sign-on-failed` when the answer does not fit the ticket
   */
  finish(search: string, ticket: Ticket): Promise<Identity>;
  /** The address that ends the session at the provider. Absent: it has none. */
  signOutURL(): Promise<string | undefined>;
}

/** Speaks to a provider; asks it for its addresses when they are first needed. */
export function createSingleSignOn(config: SingleSignOnConfig): SingleSignOn {
  let discovered: Promise<oidc.Configuration> | undefined;

  /** @throws {CatalogError} `unavailable` / `single-sign-on-unavailable` */
  const discover = async (): Promise<oidc.Configuration> => {
    // A failure is not remembered: the provider may be up again.
    discovered ??= oidc.discovery(
      new URL(config.issuer),
      config.clientId,
      undefined,
      config.clientSecret === undefined ? oidc.None() : oidc.ClientSecretPost(config.clientSecret),
      config.issuer.startsWith('http:') ? { execute: [oidc.allowInsecureRequests] } : undefined,
    );
    try {
      return await discovered;
    } catch (error) {
      discovered = undefined;
      throw unavailable(error);
    }
  };

  return {
    async begin() {
      const provider = await discover();
      const ticket = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
      };
      const url = oidc.buildAuthorizationUrl(provider, {
        redirect_uri: config.redirectURL,
        scope: 'openid email profile',
        state: ticket.state,
        nonce: ticket.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(ticket.verifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, ticket };
    },

    async finish(search, { state, nonce, verifier }) {
      const provider = await discover();
      const back = new URL(config.redirectURL);
      back.search = search;
      try {
        const tokens = await oidc.authorizationCodeGrant(provider, back, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (!claims) throw new Error('no ID token');
        const more =
          claims['email'] === undefined
            ? await oidc.fetchUserInfo(provider, tokens.access_token, claims.sub)
            : claims;
        return {
          issuer: claims.iss,
          subject: claims.sub,
          ...(typeof more['email'] === 'string' && { email: more['email'] }),
          isEmailVerified: more['email_verified'] === true,
        };
      } catch (error) {
        throw failed(error);
      }
    },

    async signOutURL() {
      const provider = await discover();
      if (provider.serverMetadata().end_session_endpoint === undefined) return undefined;
      return oidc.buildEndSessionUrl(provider, {
        post_logout_redirect_uri: config.signedOutURL,
      }).href;
    },
  };
}

function unavailable(cause: unknown): CatalogError {
  return new CatalogError(
    'unavailable',
    'single-sign-on-unavailable',
    {
      vi: 'Hệ thống đăng nhập chung không trả lời; hãy thử lại sau, hoặc đăng nhập bằng mật khẩu.',
      en: 'The provider of single sign-on does not answer; try later, or sign in with a password.',
    },
    { cause },
  );
}

function failed(cause: unknown): CatalogError {
  return new CatalogError(
    'invalid',
    'single-sign-on-failed',
    {
      vi: 'Đăng nhập một lần chưa thành công; hãy bắt đầu lại từ trang đăng nhập.',
      en: 'The single sign-on did not succeed; begin again at the sign-in.',
    },
    { cause },
  );
}
