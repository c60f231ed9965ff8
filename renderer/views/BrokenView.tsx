import { useTranslation } from "react-i18next";
import { describeFault } from "../../scenarios/text/index.ts";
import { type BrokenFile, useScreen } from "../state/screenStore.ts";
import { useSettings } from "../state/settingsStore.ts";
import { Button } from "../ui/Button.tsx";
import { Card } from "../ui/Card.tsx";
import { Heading } from "../ui/Heading.tsx";
import { useSession } from "./session.ts";

/** A file that did not open: every fault with its place and how to mend it. */
export function BrokenView({ broken }: { readonly broken: BrokenFile }) {
  const { t } = useTranslation();
  const language = useSettings((state) => state.language);
  const { documents } = useSession();
  const close = () => useScreen.setState({ broken: null });
  return (
    <div className="app-broken">
      <Heading level={2}>{t("broken.title")}</Heading>
      <p className="app-broken__name">{broken.name}</p>
      <p>{t("broken.lead", { count: broken.faults.length })}</p>
      <Card>
        <div className="app-scroll">
          <table className="utrecht-table app-table">
            <thead>
              <tr>
                <th scope="col">{t("broken.where")}</th>
                <th scope="col">{t("broken.what")}</th>
                <th scope="col">{t("broken.found")}</th>
                <th scope="col">{t("broken.expected")}</th>
                <th scope="col">{t("broken.mend")}</th>
              </tr>
            </thead>
            <tbody>
              {broken.faults.map((fault) => {
                const text = describeFault(fault, language);
                return (
                  <tr key={`${fault.code} ${fault.path}`}>
                    <th scope="row" className="app-code">
                      {text.where || "–"}
                    </th>
                    <td>{text.what}</td>
                    <td className="app-code">{text.found}</td>
                    <td className="app-code">{text.expected}</td>
                    <td>
                      {text.mend}{" "}
                      {text.suggestion && <em>{t("broken.suggestion", { name: text.suggestion })}</em>}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      </Card>
      <div className="app-buttons">
        <Button kind="primary" onClick={close}>
          {t("broken.back")}
        </Button>
        <Button
          onClick={() => {
            close();
            documents.open();
          }}
        >
          {t("broken.other")}
        </Button>
      </div>
    </div>
  );
}
