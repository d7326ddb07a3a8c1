"""The kinds of platforms that can be spoken to. A further one is an adapter and a line here."""

GATEWAY_KINDS = {"wvp": "GB/T 28181 平台（WVP / ZLMediaKit 接口）"}
