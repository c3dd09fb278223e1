/** What the figures of `cases.ts` may be at most, in instructions: lower them as the contract gets better. */
export const budgets = {
  'template.contract-init': 130_000_000,
  // <role>
  'template.add-keeper': 800_000,
  // </role>
  // <method>
  'template.sample-method': 200_000,
  // </method>
  // <action>
  'template.sample-action': 800_000,
  // </action>
} as const;
