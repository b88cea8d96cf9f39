/** Trying a connection before a meeting. Needs nothing of mediasoup-client. */
export { checkConnection } from './checkConnection';
export type { CheckOptions } from './checkConnection';
export { CHECK_IDS, verdictOf } from './report';
export type { CheckId, CheckLine, CheckReason, CheckStatus, CheckVerdict, ConnectionReport } from './report';
