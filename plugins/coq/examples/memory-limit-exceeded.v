Fixpoint tree (n : nat) : list nat := match n with O => nil | S m => cons m (app (tree m) (tree m)) end.
Definition large := Eval vm_compute in tree 30.
