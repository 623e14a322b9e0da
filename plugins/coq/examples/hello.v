Require Import String.
Open Scope string_scope.

Definition greeting := "Hello, world!".

Ltac say text := idtac text.
Goal True. let text := eval compute in greeting in idtac "Hello, world!". exact I. Qed.
