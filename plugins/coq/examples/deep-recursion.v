Fixpoint ack (m : nat) : nat -> nat := match m with O => S | S p => fix inner (n : nat) := match n with O => ack p 1 | S q => ack p (inner q) end end.
Definition large := Eval vm_compute in ack 4 2.
