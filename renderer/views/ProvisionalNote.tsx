import { useTranslation } from "react-i18next";
import { Icon } from "../ui/Icon.tsx";
import { useStanding } from "./shown.ts";

/** Stands beside figures that no programme of this case lies under, once none is being solved any more. */
export function ProvisionalNote() {
  const { t } = useTranslation();
  const standing = useStanding();
  if (standing !== "stopped") return null;
  return (
    <p className="app-provisional">
      <Icon name="warning" />
      <span>{t("common.provisional")}</span>
    </p>
  );
}
