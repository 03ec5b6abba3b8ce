import { CatalogError } from '../../kernel/errors.ts';
import type { Message } from '../../kernel/lang-text.ts';

/*
 * What an action may fail with. The code tells the server which of CKAN's error types it is; what is wrong with a
 * parameter is a finding whose pointer names it.
 */

/** CKAN's Search Error: a query that Solr could not read. */
export function searchSyntax(query: string, at: number | undefined): CatalogError {
  const shown = query.length > 200 ? `${query.slice(0, 200)}…` : query;
  const where =
    at === undefined
      ? { vi: '', en: '' }
      : { vi: ` tại ký tự ${at + 1}`, en: ` at character ${at + 1}` };
  return searchError({
    vi: `Không đọc được câu truy vấn "${shown}"${where.vi}; hãy kiểm tra ngoặc, dấu nháy và dạng trường:giá-trị.`,
    en: `The search query "${shown}" cannot be read${where.en}; check parentheses, quotes and the form field:value.`,
  });
}

export function searchError(detail: Message): CatalogError {
  return new CatalogError('malformed', 'ckan-search-syntax', detail);
}

/** CKAN's Search Query Error: a sort that does not exist. */
export function searchQueryError(detail: Message): CatalogError {
  return new CatalogError('malformed', 'ckan-search-query', detail);
}

/** CKAN's Validation Error, of one parameter. */
export function invalidParameter(name: string, message: Message): CatalogError {
  return new CatalogError('invalid', 'ckan-parameter', message, {
    findings: [{ pointer: `/${name}`, keyword: 'parameter', message }],
  });
}

/** CKAN's Not Found Error. */
export function actionNotFound(name: string, reference: string): CatalogError {
  const shown = reference.slice(0, 200);
  return new CatalogError('not-found', 'ckan-not-found', {
    vi: `Không có ${name} "${shown}"; hãy tìm bằng package_search.`,
    en: `There is no ${name} "${shown}"; find one with package_search.`,
  });
}

/** CKAN's Authorization Error: what would write is done elsewhere. */
export function notWritable(action: string, baseURL: string): CatalogError {
  return new CatalogError('forbidden', 'ckan-read-only', {
    vi: `API CKAN ở đây chỉ để đọc nên không có ${action}; hãy ghi qua ${baseURL}/api/v1/datasets.`,
    en: `The CKAN API is for reading here, so there is no ${action}; write through ${baseURL}/api/v1/datasets.`,
  });
}
