// The quick start as a TypeScript client does it: register, sign in, a property, its image, a lead, an error.
import createClient from "openapi-fetch";
import type { paths } from "../generated/api.js";

// Lists are also to be had as CSV: clients of JSON say so, else each list might be a text.
type Json = "application/json" | "application/problem+json";

export async function quickStart(baseUrl: string, email: string, picture: Blob): Promise<void> {
  const password = "Correct-Horse-2026!";
  const visitor = createClient<paths, Json>({ baseUrl });
  const registered = await visitor.POST("/api/v1/auth/register", {
    body: { email, password, first_name: "Ola", last_name: "Owner", organization_name: "TypeScript Realty" },
  });
  same(registered.response.status, 201);
  const { data: session } = await visitor.POST("/api/v1/auth/login", { body: { email, password } });
  if (!session) throw new Error("no session");
  const renewed = await visitor.POST("/api/v1/auth/refresh", { body: { refresh_token: session.refresh_token } });
  const api = createClient<paths, Json>({ baseUrl, headers: { Authorization: `Bearer ${renewed.data?.access_token}` } });

  const { data: home, error: refusal } = await api.POST("/api/v1/properties", {
    body: {
      address: "12 Harbour Lane", city: "Dubai", property_type: "apartment", price: 1250000.5, currency: "AED", metadata: { view: "sea" }, state: null,
    },
  });
  if (!home) throw new Error(refusal.detail);
  same(home.price, 1250000.5);
  same(home.metadata?.["view"], "sea");
  same(home.state, null);

  const list = await api.GET("/api/v1/properties", { params: { query: { property_type: ["apartment", "villa"], limit: 10 } } });
  same(list.data?.map((p) => p.id).join(), `${home.id}`);
  same(list.response.headers.get("x-total-count"), "1");

  const path = { id: home.id };
  const changed = await api.PATCH("/api/v1/properties/{id}", { params: { path }, body: { price: 1300000 } });
  same(changed.data?.price, 1300000);
  same(changed.data?.property_type, "apartment");

  const image = await api.POST("/api/v1/properties/{id}/images", {
    params: { path },
    body: { file: picture, title: "Front" },
    bodySerializer: (body) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(body ?? {})) form.append(name, value instanceof Blob ? value : String(value));
      return form;
    },
  });
  same(image.data?.content_type, "image/png");

  const lead = await api.POST("/api/v1/leads", { body: { first_name: "Sara", last_name: "Khan", email: "sara@example.com", source: "website" } });
  same(lead.data?.status, "new");
  const called = await api.POST("/api/v1/leads/{id}/activities", {
    params: { path: { id: lead.data!.id } },
    body: { activity_type: "call", description: "Wants to see it on Friday" },
  });
  same(called.response.status, 201);

  const missing = await api.GET("/api/v1/properties/{id}", { params: { path: { id: 999_999_999 } } });
  same(missing.error?.code, "RES_001");
  const wrong = await api.POST("/api/v1/leads", { body: { first_name: "", last_name: "", email: "no address" } });
  same(wrong.error?.errors.some((e) => e.field === "email"), true);
}

function same<T>(found: T, expected: T): void {
  if (found !== expected) throw new Error(`expected ${String(expected)}, found ${String(found)}`);
}
