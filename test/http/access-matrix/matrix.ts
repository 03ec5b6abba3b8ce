import type { Who } from './people.ts';
import type { World } from './world.ts';

/** One request of an endpoint. */
export interface Ask {
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON of the API, the fields of a form of the workspace. */
  readonly body?: unknown;
  /** A file that the form of the workspace brings along, under the name `file`. */
  readonly file?: File;
}

/** Who may do what at one endpoint. A new endpoint needs a row, or the test fails. */
export interface EndpointRow {
  /** As the application names it, without the language: `POST /api/v1/datasets/:id/submit`. */
  readonly endpoint: string;
  readonly may: readonly Who[];
  /** What those who may are answered with. Default 200. */
  readonly answer?: number;
  /** Who does not even learn that it exists: 404 instead of 403. Default nobody. */
  readonly hiddenFrom?: readonly Who[];
  /** Prepares something of its own to ask for, and asks for it. Called once for each person. */
  ask(world: World, who: Who): Promise<Ask>;
}
