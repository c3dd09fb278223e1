import { contractInit, contractMethods, Refusal } from '@fabrica/core';
import { c, query, service, update } from '@fabrica/core/candid';

import { templateFactory } from './definition.ts';
import { Activity } from './model/activity.ts';
import { Members, TemplateInit } from './order-schema.ts';

const done = c.result(c.null, Refusal);

/** What a contract of this factory offers. */
export const templateMethods = {
  /** What was ordered. */
  getOrder: query([], TemplateInit),
  /** Who did what, and how often. */
  getActivity: query([], Activity),
  // <role>

  /** By the owner; so is the removal. */
  addKeeper: update([c.principal], done),
  removeKeeper: update([c.principal], done),
  getKeepers: query([], Members),
  // </role>
  // <method>

  /** How often anything was done. */
  sampleMethod: query([], c.nat64),
  // </method>
  // <action>

  /** By keepers only. Answers how often it was done. */
  sampleAction: update([], c.result(c.nat64, Refusal)),
  // </action>
} as const;

/** The interface of a contract: its own methods, and what every contract offers its factory. */
export const TemplateContract = service(
  'TemplateContract',
  { ...templateMethods, ...contractMethods },
  [contractInit(templateFactory)],
);
