import { compose, type Product } from '../compose.ts';
import { environment } from '../config/environment.ts';
import { type Config, readConfig } from '../config/settings.ts';

/** Runs a command over the product, closes it whatever happens, and says how it ended. */
export async function withProduct(work: (product: Product) => Promise<number>): Promise<void> {
  const product = await compose(readCommandConfig());
  try {
    process.exitCode = await work(product);
  } finally {
    await product.close();
  }
}

/** Commands answer on standard output, so the log keeps quiet unless it is asked for. */
export function readCommandConfig(): Config {
  return readConfig({ LOG_LEVEL: 'silent', ...environment });
}
