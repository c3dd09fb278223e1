export { type CertificateRequest, Certifier, type DelegationLayout } from './certifier.ts';
export { type NodeSignature, signAsNode } from './node-signature.ts';
export { type Reject, rejectOf } from './reject.ts';
export { natLeaf, type Path, path } from './state-tree.ts';
