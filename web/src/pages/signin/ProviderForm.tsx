import { useMutation } from "@tanstack/react-query";
import { Alert, Button } from "antd";
import { useEffect } from "react";

import { comeBackFromProvider, hasReturned, leaveForProvider } from "@/pages/signin/provider";

/** One button: the provider asks for whatever it wants to know. */
export function ProviderForm({ issuer, clientId }: { readonly issuer: string; readonly clientId: string }) {
  const leaving = useMutation({ mutationFn: () => leaveForProvider(issuer, clientId) });
  const returning = useMutation({ mutationFn: () => comeBackFromProvider(issuer, clientId) });
  const { mutate } = returning;
  useEffect(() => {
    if (hasReturned()) mutate();
  }, [mutate]);
  const error = returning.error ?? leaving.error;
  return (
    <div className="sign-in-form">
      {error && <Alert type="error" showIcon title={error.message} />}
      <Button
        type="primary"
        size="large"
        block
        loading={leaving.isPending || returning.isPending}
        onClick={() => {
          leaving.mutate();
        }}
      >
        通过统一身份认证登录
      </Button>
    </div>
  );
}
