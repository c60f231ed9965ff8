export function AssumptionsView() {
  return null;
}
