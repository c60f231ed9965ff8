export function ScenariosView() {
  return null;
}
